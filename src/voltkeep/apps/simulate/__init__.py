"""A fleet of simulated stations that talks OCPP 1.6 through an independent client, as real stations would."""
