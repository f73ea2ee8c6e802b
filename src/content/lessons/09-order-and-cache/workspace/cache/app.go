// app prints one line about a person who does not exist.
package main

import (
	"fmt"

	randomdata "github.com/Pallinder/go-randomdata"
)

const greeting = "Welcome aboard"

func main() {
	profile := randomdata.GenerateProfile(randomdata.RandomGender)

	fmt.Printf("%s, %s, password (md5): %s\n", greeting, profile.Login.Username, profile.Login.Md5)
}
