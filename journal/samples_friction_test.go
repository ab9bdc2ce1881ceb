package journal

import "samenspel"

func init() {
	samples = append(samples,
		&samenspel.FrictionSignalled{
			Friction: "friction", By: "amira", To: []samenspel.PartnerID{"noor", "leila"}, Earlier: "other-friction",
			Words: samenspel.Say("I was not heard."),
		},
		&samenspel.FrictionWithdrawn{Friction: "friction"},
		&samenspel.FrictionRestored{Friction: "friction"},
		&samenspel.FrictionGrounded{Friction: "friction", Statement: "statement"},
		&samenspel.RepairOffered{Repair: "repair", Friction: "friction", By: "noor", Words: samenspel.Say("I will ask first.")},
		&samenspel.RepairWithdrawn{Repair: "repair"},
		&samenspel.RepairRestored{Repair: "repair"},
		&samenspel.FrictionMended{Friction: "friction"},
		&samenspel.FrictionReopened{Friction: "friction"},
	)
}
