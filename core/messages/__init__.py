"""Messages by template: with the customer's own facts, never at night, never against her will."""
