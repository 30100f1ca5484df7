auto a = "_internal"; auto b = "a._b"; auto c = "_x/._y";
