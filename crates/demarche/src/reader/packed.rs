//! Weights in four bits, unpacked into whole numbers of eight (`training/demarche_training/events/pack.py`).

/// Weights of a group, and bytes that it takes: how far it reaches, then two levels a byte.
const GROUP: usize = 64;
const BYTES: usize = 1 + GROUP / 2;

/// The levels of a normal distribution, of sixteen equal shares (NF4: Dettmers et al. 2023, QLoRA), times 63.
const LEVELS: [f32; 16] = [
    -63.0,
    -43.860_146,
    -33.079_597,
    -24.879_803,
    -17.919_81,
    -11.640_724,
    -5.736_15,
    0.0,
    5.013_559,
    10.138_602,
    15.505_075,
    21.288_658,
    27.764_717,
    35.444_87,
    45.546_276,
    63.0,
];

/// The weights of a stream that stands in several parts; what does not fill a group at its end is left out.
pub(super) fn unpack(parts: &[&[u8]]) -> Vec<u8> {
    let stream: Vec<u8> = parts.concat();
    let mut out = Vec::with_capacity(stream.len() / BYTES * GROUP);
    for group in stream.chunks_exact(BYTES) {
        let reach = f32::from(group[0]) / 255.0;
        // Rounded half to even, as they were when the network was trained.
        let levels = LEVELS.map(|level| ((level * reach).round_ties_even() as i8).cast_unsigned());
        for &pair in &group[1..] {
            out.push(levels[usize::from(pair & 15)]);
            out.push(levels[usize::from(pair >> 4)]);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_group_is_unpacked_by_its_reach() {
        let mut group = vec![255];
        group.extend([0xf0; GROUP / 2]);
        let mut half = vec![128];
        half.extend([0x87; GROUP / 2]);
        let weights: Vec<i8> = unpack(&[&group, &half]).into_iter().map(u8::cast_signed).collect();
        assert_eq!((weights[0], weights[1], weights.len()), (-63, 63, 128));
        assert_eq!((weights[64], weights[65]), (0, 3));
    }
}
