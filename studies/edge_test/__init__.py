"""Do districts border green ground more than their own shapes would elsewhere? See README.md, beside."""
