package journal

import "samenspel"

func init() {
	samples = append(samples,
		&samenspel.NearPut{
			Near: "near", Owner: "amira", Ring: 2, Direction: 5, Partner: "leila",
			Name: samenspel.Say("Leila"), As: samenspel.Say("my sister"),
		},
		&samenspel.NearMoved{Near: "near", Ring: 1, Direction: 23},
		&samenspel.NearNamed{Near: "near", Owner: "amira", Name: samenspel.Say("Lei"), As: samenspel.Say("sister")},
		&samenspel.NearLinked{Near: "near", Partner: "leila"},
		&samenspel.NearRemoved{Near: "near"},
		&samenspel.NearRestored{Near: "near"},
		&samenspel.NearTied{Owner: "amira", From: "near", To: "other-near", As: samenspel.StrainedTie},
		&samenspel.NearUntied{Owner: "amira", From: "near", To: "other-near"},
		&samenspel.AroundShared{Owner: "amira", With: "noor"},
		&samenspel.AroundUnshared{Owner: "amira", With: "noor"},
	)
}
