package main

import "testing"

func TestLine(t *testing.T) {
	if got, want := line(3, "Garcia", "Ada Stone"), "berth 3  MV Garcia       Ada Stone"; got != want {
		t.Errorf("line() = %q, want %q", got, want)
	}
}
