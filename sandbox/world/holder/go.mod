module slipway/holder

go 1.26
