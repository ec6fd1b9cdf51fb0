// Floats to text as Go's `strconv.FormatFloat` writes them. Knows no templates.

/** A decimal number `0.digits × 10^point`, digits without zeros at either end; zero has none. */
type Decimal = { readonly digits: string; readonly point: number };

const buffer = new DataView(new ArrayBuffer(8));

/** The number as `mantissa × 2^exponent`. */
function binary(value: number): { mantissa: bigint; exponent: number } {
  buffer.setFloat64(0, value);
  const bits = buffer.getBigUint64(0);
  const stored = Number((bits >> 52n) & 0x7ffn);
  const fraction = bits & 0xfffffffffffffn;
  return stored === 0
    ? { mantissa: fraction, exponent: -1074 }
    : { mantissa: fraction | (1n << 52n), exponent: stored - 1075 };
}

function decimal(digits: string, point: number): Decimal {
  const leading = /^0*/.exec(digits)?.[0].length ?? 0;
  const significant = digits.slice(leading).replace(/0+$/, "");
  return significant === "" ? { digits: "", point: 0 } : { digits: significant, point: point - leading };
}

/** Every digit of the binary value. */
function exact(value: number): Decimal {
  const { mantissa, exponent } = binary(value);
  if (exponent >= 0) {
    const digits = (mantissa << BigInt(exponent)).toString();
    return decimal(digits, digits.length);
  }
  const digits = (mantissa * 5n ** BigInt(-exponent)).toString();
  return decimal(digits, digits.length + exponent);
}

/** The fewest digits that read back as the same number. */
function shortest(value: number): Decimal {
  const [digits = "", exponent = "0"] = Math.abs(value).toExponential().replace(".", "").split("e");
  return decimal(digits, Number(exponent) + 1);
}

/** Cut to `count` digits, to the nearest, a tie to the even digit. */
function rounded(number: Decimal, count: number): Decimal {
  const { digits, point } = number;
  if (count >= digits.length) return number;
  if (count < 0) return { digits: "", point: 0 };
  const kept = digits.slice(0, count);
  const rest = digits.slice(count);
  const odd = count > 0 && Number(kept[count - 1]) % 2 === 1;
  if (rest < "5" || (rest === "5" && !odd)) return decimal(kept, point);
  const raised = (BigInt(`0${kept}`) + 1n).toString().padStart(count, "0");
  return decimal(raised, point + raised.length - count);
}

function exponential(number: Decimal, precision: number, mark: string): string {
  const digits = number.digits.padEnd(precision + 1, "0");
  const exponent = number.digits === "" ? 0 : number.point - 1;
  const fraction = precision > 0 ? `.${digits.slice(1, precision + 1)}` : "";
  const size = Math.abs(exponent).toString().padStart(2, "0");
  return `${digits[0]}${fraction}${mark}${exponent < 0 ? "-" : "+"}${size}`;
}

function fixed(number: Decimal, precision: number): string {
  const { digits, point } = number;
  const whole = point > 0 ? digits.slice(0, point).padEnd(point, "0") : "0";
  if (precision <= 0) return whole;
  const fraction = point > 0 ? digits.slice(point) : "0".repeat(-point) + digits;
  return `${whole}.${fraction.padEnd(precision, "0").slice(0, precision)}`;
}

/** `%g`: the exponent form below 10^-4 and from 10^precision on; for the fewest digits the limit is 10^6. */
function general(value: number, precision: number, mark: string): string {
  const short = precision < 0;
  const wanted = precision === 0 ? 1 : precision;
  const number = short ? shortest(value) : rounded(exact(value), wanted);
  const count = number.digits.length;
  // A whole number with fewer digits than asked for switches as soon as zeros would be needed.
  const limit = short ? 6 : wanted > count && count >= number.point ? count : wanted;
  const exponent = number.point - 1;
  if (count > 0 && (exponent < -4 || exponent >= limit)) {
    return exponential(number, (short ? count : Math.min(wanted, count)) - 1, mark);
  }
  return fixed(number, Math.max(count - number.point, 0));
}

function binaryText(value: number): string {
  const { mantissa, exponent } = binary(value);
  return `${mantissa}p${exponent < 0 ? "-" : "+"}${Math.abs(exponent)}`;
}

/** `%x`: a hexadecimal mantissa from 1 to 2 and a power of two. */
function hexadecimal(value: number, precision: number, mark: string): string {
  let { mantissa, exponent } = binary(value);
  if (mantissa === 0n) exponent = 0;
  else {
    while (mantissa < 1n << 52n) {
      mantissa <<= 1n;
      exponent--;
    }
    exponent += 52;
  }
  if (precision >= 0 && precision < 13) {
    const dropped = BigInt(52 - 4 * precision);
    const half = 1n << (dropped - 1n);
    const rest = mantissa & ((1n << dropped) - 1n);
    mantissa >>= dropped;
    if (rest > half || (rest === half && (mantissa & 1n) === 1n)) mantissa++;
    mantissa <<= dropped;
    if (mantissa >= 1n << 53n) {
      mantissa >>= 1n;
      exponent++;
    }
  }
  const fraction = (mantissa & ((1n << 52n) - 1n)).toString(16).padStart(13, "0");
  const shown = precision < 0 ? fraction.replace(/0+$/, "") : fraction.padEnd(precision, "0").slice(0, precision);
  const size = Math.abs(exponent).toString().padStart(2, "0");
  const text = `0x${mantissa >> 52n}${shown === "" ? "" : `.${shown}`}p${exponent < 0 ? "-" : "+"}${size}`;
  return mark === "X" ? text.toUpperCase() : text;
}

/**
 * `form` is one of `e E f g G x X b`; a negative precision asks for the fewest digits that read back.
 * Zero, NaN and infinities as Go has them: `-0`, `NaN`, `+Inf`, `-Inf`.
 */
export function formatFloat(value: number, form: string, precision: number): string {
  if (Number.isNaN(value)) return "NaN";
  if (!Number.isFinite(value)) return value > 0 ? "+Inf" : "-Inf";
  const sign = value < 0 || Object.is(value, -0) ? "-" : "";
  return sign + formatSize(Math.abs(value), form, precision);
}

function formatSize(size: number, form: string, precision: number): string {
  switch (form) {
    case "b":
      return binaryText(size);
    case "x":
    case "X":
      return hexadecimal(size, precision, form);
    case "g":
    case "G":
      return general(size, precision, form === "g" ? "e" : "E");
    case "f": {
      if (precision < 0) {
        const number = shortest(size);
        return fixed(number, Math.max(number.digits.length - number.point, 0));
      }
      const number = exact(size);
      return fixed(rounded(number, number.point + precision), precision);
    }
    default: {
      const number = precision < 0 ? shortest(size) : rounded(exact(size), precision + 1);
      return exponential(number, precision < 0 ? Math.max(number.digits.length - 1, 0) : precision, form);
    }
  }
}
