// "_i--p._tcp"
/* "_j--p._tcp" */
