"""Service: nobody is forgotten after the sale, and every complaint is answered."""
