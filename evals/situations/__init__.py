"""Named situations: the whole list, exactly."""
