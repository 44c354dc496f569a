"""The mistakes people really make: a folder for each family, a page for each mistake, functions beside the pages."""
