[[ $x := .web ]]
job [[ $x ]] {
}
