"""The database: schema, migrations, one module per noun; synchronous, one public method is one transaction."""
