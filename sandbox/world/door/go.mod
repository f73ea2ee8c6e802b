module slipway/door

go 1.26
