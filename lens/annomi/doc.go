// Package annomi trains and tests what the lens is made of on AnnoMI,
// transcribed demonstrations of motivational interviewing with the codes of
// experts (Wu and others, 2022 and 2023), in English. It is a measure and
// nothing more: what is learnt here is thrown away, and the transcripts are no
// part of the project.
package annomi
