module example.test/harbor

go 1.26

require github.com/Pallinder/go-randomdata v1.2.0

require golang.org/x/text v0.43.0 // indirect
