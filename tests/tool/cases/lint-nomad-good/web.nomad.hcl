# A web server behind a proxy.
variable "image" {
  type    = string
  default = "nginx:1.25"
}

job "web" {
  datacenters = ["dc1", "dc2"]
  type        = "service"

  group "web" {
    count = 2

    network {
      mode = "bridge"
      port "http" { to = 8080 }
      port "metrics_port" {
        static = 9090
      }
    }

    service {
      name     = "web"
      port     = "http"
      provider = "nomad"
      tags     = ["urlprefix-/", "v${var.version}"]

      check {
        name     = "alive and well"
        type     = "http"
        path     = "/health"
        interval = "10s"
        timeout  = "2s"
      }

      connect {
        sidecar_service {}
      }
    }

    service {
      name = "${NOMAD_JOB_NAME}-metrics"
      port = "metrics_port"
    }

    task "server" {
      driver = "docker" // or podman

      config {
        image = var.image
        ports = ["http"]
        labels = { service = "not_a_service" }
      }

      template {
        data = <<EOF
{{ range service "db_main" }}
service { name = "in_a_template" }
{{ end }}
EOF
        destination = "local/app.conf"
      }

      resources {
        cpu    = 100 * 2
        memory = (var.memory > 0 ? var.memory : 256)
      }
    }
  }
}
