"""Where vendors are named: imaging, the vault, the register, the worker process."""
