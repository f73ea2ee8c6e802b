module github.com/ruanbekker/daytime

go 1.26
