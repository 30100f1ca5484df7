job "j" {}
}
