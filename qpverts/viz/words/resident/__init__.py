"""What the public pages say, in the words of residents."""
