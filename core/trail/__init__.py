"""Who opened which customer's card, looked at an ID number, or took a list out of the house."""
