"""Statistics of public health, pure: plain numbers in, plain numbers out. What is missing is None, going in and out.

Sources named in the modules: "APHO 3" is Eayres, Technical Briefing 3: Commonly used public health statistics and their
confidence intervals (Association of Public Health Observatories, 2008); "PHEindicatormethods" is the R package of the
Department of Health and Social Care; "Fingertips" the public health profiles and the programs behind them. Where these
programs differ from each other, the docstring says which of them is followed.
"""
