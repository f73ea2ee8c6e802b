module github.com/ruanbekker/errand

go 1.26
