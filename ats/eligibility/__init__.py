"""Who may apply, and why not: rules as data, each kind defined once, as a SQL condition.

`kinds/` has a file per rule kind. `trees` combines rules, `compiler` compiles trees into one
statement, `facts` says what they are judged by. Filter, count, verdict and preview run that same
statement. SQL's logic of three values carries the third outcome: NULL is "unknown".
"""
