"""How much a customer is worth to the company, and how near she is: grades and stages."""
