"""Reading the files of the data folder: what each holds, and how it becomes what the domain speaks about."""
