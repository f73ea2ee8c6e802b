// probe tries four things that programs do every day, and says how each went.
package main

import (
	"fmt"
	"net/http"
	"os"
	"os/user"
	"time"
)

const page = "https://proxy.golang.org/github.com/!pallinder/go-randomdata/@v/v1.2.0.info"

func main() {
	failed := false
	try := func(what string, do func() (string, error)) {
		said, err := do()
		if err != nil {
			failed = true
			said = "FAILED " + err.Error()
		}
		fmt.Printf("%-6s %s\n", what, said)
	}
	try("https", func() (string, error) {
		answer, err := http.Get(page)
		if err != nil {
			return "", err
		}
		return answer.Status, answer.Body.Close()
	})
	try("zone", func() (string, error) {
		zone, err := time.LoadLocation("Asia/Tokyo")
		if err != nil {
			return "", err
		}
		return time.Now().In(zone).Format("15:04 MST"), nil
	})
	try("temp", func() (string, error) {
		file, err := os.CreateTemp("", "probe-")
		if err != nil {
			return "", err
		}
		return file.Name(), file.Close()
	})
	try("user", func() (string, error) {
		me, err := user.Current()
		if err != nil {
			return "", err
		}
		return me.Username, nil
	})
	if failed {
		os.Exit(1)
	}
}
