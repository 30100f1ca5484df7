auto a = "_i--p._tcp"; // srvwarden: ignore SN006, RG001
