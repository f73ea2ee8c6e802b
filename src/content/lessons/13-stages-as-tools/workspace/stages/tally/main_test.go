package main

import "testing"

func TestCount(t *testing.T) {
	for text, want := range map[string]int{"one": 1, "one two": 2, "one  two": 2, "": 0} {
		if got := count(text); got != want {
			t.Errorf("count(%q) = %d, want %d", text, got, want)
		}
	}
}
