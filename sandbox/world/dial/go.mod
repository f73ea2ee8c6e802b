module slipway/dial

go 1.26
