"""Employers: setting one up, its members, its webhook endpoints, who looks after which applications."""
