package journal

import "samenspel"

// Who is not grown, and who has authority over them.
func init() {
	samples = append(samples,
		&samenspel.BirthTold{Partner: "amira", Day: samenspel.Say("2011-02-28")},
		&samenspel.AuthorityTold{Child: "amira", Parent: "leila", Gone: true, Source: samenspel.Say("the register")},
		&samenspel.AbleTold{Partner: "amira", Able: true, Told: true, Reason: samenspel.Say("She asked it herself.")},
		&samenspel.ParentStays{Child: "amira", Parent: "leila", Stays: true},
		&samenspel.AuthorityEnded{Child: "amira", Parent: "leila"},
	)
}
