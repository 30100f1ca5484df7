job "j" {
  group "g" {
    network {
      port "http" {}
      port "db" {}
      port "http" { to = 80 }
    }
  }
  group "h" {
    network { port "http" {} }
  }
}
