"""One search box over everything: folded text, indexed in the transaction of the change."""
