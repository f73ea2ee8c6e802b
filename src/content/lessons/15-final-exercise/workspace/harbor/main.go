// harbor writes the page that hangs in the harbour master's window: which ships are in, and who commands them.
package main

import (
	"embed"
	"fmt"
	"os"
	"time"

	randomdata "github.com/Pallinder/go-randomdata"
)

//go:embed pages/board.txt
var pages embed.FS

const berths = 5

func main() {
	head, err := pages.ReadFile("pages/board.txt")
	if err != nil {
		fmt.Fprintln(os.Stderr, "harbor:", err)
		os.Exit(1)
	}
	zone, err := time.LoadLocation("Europe/Lisbon")
	if err != nil {
		fmt.Fprintln(os.Stderr, "harbor:", err)
		os.Exit(1)
	}
	fmt.Print(string(head))
	for berth := 1; berth <= berths; berth++ {
		fmt.Println(line(berth, randomdata.LastName(), randomdata.FullName(randomdata.RandomGender)))
	}
	fmt.Println("Lisbon time:", time.Now().In(zone).Format("15:04"))
}

// line is what the board says of one berth.
func line(berth int, ship, captain string) string {
	return fmt.Sprintf("berth %d  MV %-12s %s", berth, ship, captain)
}
