"""Papers: what a company prints, signs, seals and hands over, as PDF in the reader's language."""
