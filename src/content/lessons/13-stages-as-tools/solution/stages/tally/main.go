// tally counts the words it is given.
package main

import (
	"fmt"
	"os"
	"strings"
)

func main() {
	fmt.Println(count(strings.Join(os.Args[1:], " ")), "words")
}

// count gives the number of words in a text, however many spaces stand between them.
func count(text string) int {
	return len(strings.Fields(text))
}
