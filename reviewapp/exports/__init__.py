"""Files that answers leave in: workbooks, tables, reports, each with what it held"""
