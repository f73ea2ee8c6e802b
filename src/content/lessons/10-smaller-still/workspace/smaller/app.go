// app prints one line about a person who does not exist. For this lesson it knows two words as well: panic and wait.
package main

import (
	"fmt"
	"os"
	"time"

	randomdata "github.com/Pallinder/go-randomdata"
)

func main() {
	if len(os.Args) > 1 {
		obey(os.Args[1])
	}
	profile := randomdata.GenerateProfile(randomdata.RandomGender)

	fmt.Printf("The new profile's username is: %s and password (md5): %s\n",
		profile.Login.Username, profile.Login.Md5)
}

func obey(word string) {
	switch word {
	case "panic":
		panic("asked to")
	case "wait":
		fmt.Println("waiting")
		time.Sleep(time.Hour)
	}
}
