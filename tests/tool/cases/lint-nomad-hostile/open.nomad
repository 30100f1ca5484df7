job "j" {
  group "g" {
