service {
  name = "payments-api-v2-canary"
  port = 80
}
