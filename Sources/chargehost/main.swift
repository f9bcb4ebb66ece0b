print("chargehost")
