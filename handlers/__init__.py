"""Every way in and out, kept thin: commands, actions, modals, App Home, deliveries, HTTP."""
