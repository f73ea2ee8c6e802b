// app prints one line about a person who does not exist.
package main

import (
	"fmt"

	randomdata "github.com/Pallinder/go-randomdata"
)

func main() {
	profile := randomdata.GenerateProfile(randomdata.RandomGender)

	fmt.Printf("The new profile's username is: %s and password (md5): %s\n",
		profile.Login.Username, profile.Login.Md5)
}
