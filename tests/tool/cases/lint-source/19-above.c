/* srvwarden: ignore SN006, RG001 */
auto a = "_i--p._tcp";
