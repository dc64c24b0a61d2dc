"""One search box over everything: an index of folded text, written in the transaction of the change."""
