// dynamic looks up a user, which Go leaves to the C library when it may.
package main

import (
	"fmt"
	"os/user"
)

func main() {
	me, err := user.LookupId("0")
	fmt.Println(me, err)
}
