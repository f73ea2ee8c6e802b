module slipway/contents

go 1.26
