"""What one takes away: tables, workbooks, pictures."""
