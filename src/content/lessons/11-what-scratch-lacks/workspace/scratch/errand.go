// Errand does four small things that programs do all day, and says how each went.
package main

import (
	"fmt"
	"net/http"
	"os"
	"os/user"
	"strconv"
	"time"
)

func main() {
	try("https", fetch)
	try("zone", localTime)
	try("tmp", note)
	try("user", whoAmI)
}

func try(name string, errand func() (string, error)) {
	said, err := errand()
	if err != nil {
		fmt.Printf("%s: failed, %v\n", name, err)
		return
	}
	fmt.Printf("%s: ok, %s\n", name, said)
}

func fetch() (string, error) {
	response, err := http.Get("https://proxy.golang.org/")
	if err != nil {
		return "", err
	}
	defer response.Body.Close()
	return "proxy.golang.org answered", nil
}

func localTime() (string, error) {
	zone, err := time.LoadLocation("Africa/Johannesburg")
	if err != nil {
		return "", err
	}
	return time.Now().In(zone).Format("15:04 in Johannesburg"), nil
}

func note() (string, error) {
	file, err := os.CreateTemp("", "note-*")
	if err != nil {
		return "", err
	}
	defer os.Remove(file.Name())
	return "a note in " + os.TempDir(), file.Close()
}

func whoAmI() (string, error) {
	found, err := user.LookupId(strconv.Itoa(os.Getuid()))
	if err != nil {
		return "", err
	}
	return "running as " + found.Username, nil
}
