"""A made-up country, partnership and catalogue, with figures to measure the pages by; nothing of it is real."""
