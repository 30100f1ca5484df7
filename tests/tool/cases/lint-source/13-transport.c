auto a = "_ipp._sctp";
